/** The name of the place where a card lies on the board, for ways that lead there. */
export const placeOf = (cardId: string): string => `kaart-${cardId}`
