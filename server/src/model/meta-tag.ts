/** A `<meta>`: its `property`, or else its `name`, lower case; its content as written. */
export interface MetaTag {
  readonly name: string;
  readonly content: string;
  /** False behind the head's end, where the HTML standard has no such tags, and many networks read them. */
  readonly inHead?: boolean;
}
