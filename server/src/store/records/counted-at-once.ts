/** So many cards are counted while somebody waits: some 20 ms. A sweep counts more. */
export const countedAtOnce = 20_000;
