/** The sentences of the board. */
export const WORDS = {
  emptyTitle: 'This board has no cards yet',
  empty:
    'Cards are pieces of work. Talk through what you want in an interview and let it suggest prompts and cards, or write the first card yourself.',
  noMatch: 'No card matches the filter.',
  keys: 'Space picks the card up to move it. Enter opens it.',
  goneInHand: 'That card is gone. Somebody deleted it while it was being dragged.',
  unsaved: 'Not yet on the server',
  sourceChanged: 'Source changed: an answer its prompt was made of is another one now',
  refused: 'This project cannot be opened: the server refused it. Ask whoever runs it for access.',
  offlineEmpty: 'This board has not been on this device yet. It appears when the server can be reached.',
  removeColumn: 'The column goes for everybody. Its cards must have been moved before.',
  differentColumns: 'The selected cards stand in different columns. Press m to move them all to one.',
  noPlaces:
    'Sorted by something else, cards have no places of their own. Sort the list by place on the board, or press m to move the card to a column.',
  chooseFirst: 'Choose a card first: walk to one with the arrow keys or j and k, or select some with x.',
} as const
