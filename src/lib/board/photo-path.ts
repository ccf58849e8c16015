/** Where the photo of a card is. */
export const photoPath = (documentId: string, cardId: string): string =>
  `/api/documents/${documentId}/cards/${cardId}/photo`
