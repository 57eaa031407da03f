/** A `<meta>`: its `property` or else `name`, in lower case, and its content as written. */
export interface MetaTag {
  readonly name: string;
  readonly content: string;
}
