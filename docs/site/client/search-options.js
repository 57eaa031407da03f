/** How the pages are searched: the same when the index is built and when it is read. */
export const searchOptions = {
  fields: ['title', 'text', 'page'],
  storeFields: ['title', 'page'],
  searchOptions: { boost: { title: 3, page: 1.5 }, prefix: true, fuzzy: 0.15, combineWith: 'AND' },
};
