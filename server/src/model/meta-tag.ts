/** A `<meta>`: its `property`, or else its `name`, lower case; its content as written. */
export interface MetaTag {
  readonly name: string;
  readonly content: string;
}
