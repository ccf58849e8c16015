/**
 * Whether words were agreed in an earlier record: all that was said to them came along with it. Of such
 * words the day is known, and not the hour.
 */
export const wasTakenOver = (answers: readonly { imported: boolean }[]): boolean =>
  answers.length > 0 && answers.every(({ imported }) => imported)
