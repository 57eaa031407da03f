declare module 'html-encoding-sniffer' {
  /** @returns the name of an encoding of WHATWG Encoding. */
  export default function sniff(
    bytes: Uint8Array,
    options?: {
      readonly xml?: boolean;
      readonly transportLayerEncodingLabel?: string;
      readonly defaultEncoding?: string;
    },
  ): string;
}
