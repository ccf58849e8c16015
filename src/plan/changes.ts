/** What is different between words people answered to and words they are asked about now. */
import type { Action, Words } from './words.ts'

export type Change =
  | { part: 'plainText' | 'success' | 'professionalText'; before: string; after: string }
  | { part: 'reviewOn'; before: string | null; after: string | null }
  | { part: 'area'; before: Words['area']; after: Words['area'] }
  | { part: 'action-added'; action: Action }
  | { part: 'action-gone'; action: Action }
  | { part: 'action-changed'; before: Action; after: Action }

const same = (a: Action, b: Action) => a.what === b.what && a.who === b.who && a.when === b.when

/** How much of a text two actions share: enough to call one the other, changed. */
function likeness(a: Action, b: Action): number {
  const [x, y] = [new Set(a.what.toLowerCase().split(' ')), b.what.toLowerCase().split(' ')]
  return y.filter((word) => x.has(word)).length / Math.max(1, Math.min(x.size, y.length))
}

/** Every change, in the order of the page. Empty when the words are the same. */
export function changesOf(before: Words, after: Words): Change[] {
  const changes: Change[] = []
  for (const part of ['plainText', 'success'] as const)
    if (before[part] !== after[part])
      changes.push({ part, before: before[part], after: after[part] })
  changes.push(...actionChanges(before.actions, after.actions))
  if (before.reviewOn !== after.reviewOn)
    changes.push({ part: 'reviewOn', before: before.reviewOn, after: after.reviewOn })
  if (before.area !== after.area)
    changes.push({ part: 'area', before: before.area, after: after.area })
  if (before.professionalText !== after.professionalText) {
    const { professionalText } = before
    changes.push({
      part: 'professionalText',
      before: professionalText,
      after: after.professionalText,
    })
  }
  return changes
}

/** Actions that stayed are left out; of the others the most alike are one, changed. */
function actionChanges(before: readonly Action[], after: readonly Action[]): Change[] {
  const gone = before.filter((action) => !after.some((other) => same(action, other)))
  const changes: Change[] = []
  for (const action of after.filter((one) => !before.some((other) => same(one, other)))) {
    const [best] = gone
      .map((other) => ({ other, alike: likeness(other, action) }))
      .sort((a, b) => b.alike - a.alike)
    if (best && best.alike >= 0.5) {
      gone.splice(gone.indexOf(best.other), 1)
      changes.push({ part: 'action-changed', before: best.other, after: action })
    } else changes.push({ part: 'action-added', action })
  }
  return [...changes, ...gone.map((action): Change => ({ part: 'action-gone', action }))]
}
