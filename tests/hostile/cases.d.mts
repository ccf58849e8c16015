import type * as Y from 'yjs'
import type { Case, NAMES } from './board.ts'

export function build(doc: Y.Doc, names: typeof NAMES): Case[]
