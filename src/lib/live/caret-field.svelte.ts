import type { Placed } from './carets.ts'

/** Others' carets in one field, for who draws that field. */
export class Field {
  placed = $state.raw<readonly Placed[]>([])
}
