/** What is searched for, as titles have it: escapes of addresses are read where they are text. Pure. */
export function titleSearch(search: string): string {
  return search.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
