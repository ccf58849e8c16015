/** The sentences of a text, in Dutch; what is between them stays with the one before. */
export function sentencesOf(text: string): string[] {
  const parts = [...new Intl.Segmenter('nl', { granularity: 'sentence' }).segment(text)]
  return parts.map(({ segment }) => segment).filter((sentence) => sentence.trim() !== '')
}
