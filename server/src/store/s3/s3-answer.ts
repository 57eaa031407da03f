import { Parser } from 'htmlparser2';

/** A response of an S3 server, read to its end. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** An S3 server's refusal. */
export class S3Refusal extends Error {
  readonly status: number;
  /** `NoSuchBucket`, `SignatureDoesNotMatch`, …; empty where the server gave none. */
  readonly code: string;
  /** The bucket's region, where the server says that it is another. */
  readonly region: string | undefined;

  constructor({ status, headers, body }: S3Answer) {
    const said = textsOf(body, ['Code', 'Message', 'Region']);
    super(`The storage answers ${status} ${said.get('Code') ?? ''}: ${said.get('Message') ?? ''}`.slice(0, 500));
    this.status = status;
    this.code = said.get('Code') ?? '';
    this.region = headers['x-amz-bucket-region']?.toString() ?? said.get('Region');
  }
}

export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly writtenAt: number;
}

/** One answer of ListObjectsV2, and how to ask for the next. */
export function readListing(body: Buffer): { objects: ListedObject[]; next: string | undefined } {
  const objects: ListedObject[] = [];
  let fields = new Map<string, string>();
  const whole = new Map<string, string>();
  let depth = 0;
  readXml(body, {
    open(name) {
      depth++;
      if (name === 'Contents') fields = new Map();
    },
    text(name, text) {
      (depth > 2 ? fields : whole).set(name, text);
    },
    close(name) {
      depth--;
      if (name !== 'Contents') return;
      const [key = '', size, at] = ['Key', 'Size', 'LastModified'].map((field) => fields.get(field));
      objects.push({ key, size: Number(size), writtenAt: Date.parse(at ?? '') });
    },
  });
  return { objects, next: whole.get('IsTruncated') === 'true' ? whole.get('NextContinuationToken') : undefined };
}

/** The first text of each element. */
function textsOf(body: Buffer, names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  readXml(body, {
    open() {},
    text(name, text) {
      if (names.includes(name) && !found.has(name)) found.set(name, text);
    },
    close() {},
  });
  return found;
}

interface XmlReader {
  open(name: string): void;
  /** Called before `close`, with the element's whole text. */
  text(name: string, text: string): void;
  close(name: string): void;
}

function readXml(body: Buffer, reader: XmlReader): void {
  let text = '';
  const parser = new Parser(
    {
      onopentag(name) {
        text = '';
        reader.open(name);
      },
      ontext(more) {
        text += more;
      },
      onclosetag(name) {
        reader.text(name, text);
        text = '';
        reader.close(name);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(body.toString());
}
