// As many as a person reads; a page that is fetched for every request would otherwise fill the disk.
export const keptPerPage = 20;
// Some 30 MB: decisions about invented paths count too.
export const keptPerWebsite = 50_000;
