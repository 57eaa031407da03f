import type { Outcome } from '../../model/card.ts';
import type { Picture } from '../../model/picture.ts';
import type { WebsiteSettings } from '../../model/website.ts';
import type { PictureStorage } from '../ports/pictures.ts';
import type { OnProgress } from './move-records.ts';
import type { MovingDatabase, Row, Table } from './moving-database.ts';

export interface MovedPictures {
  readonly moved: number;
  /** There already, from an earlier run. */
  readonly skipped: number;
  /** Missing or damaged at the source: their cards are drawn again. */
  readonly lost: number;
}

// As many as wait for a bucket at once without holding a megabyte each.
const atOnce = 8;

/**
 * Moves every picture that a record refers to. What the target has already is left as it is, so that a move that was
 * interrupted goes on. Each picture's bytes are compared with its hash when they are read.
 * @throws {Error} where one is not there afterwards.
 */
export async function movePictures(
  records: MovingDatabase,
  from: PictureStorage,
  to: PictureStorage,
  onProgress: OnProgress,
): Promise<MovedPictures> {
  const wanted = await picturesOf(records);
  const there = await sizesIn(to);
  const rest = [...wanted.values()].filter(({ hash, size }) => there.get(hash) !== size);
  const [skipped, all] = [wanted.size - rest.length, rest.length];
  let [moved, lost] = [0, 0];
  const next = rest.values();
  const move = async () => {
    for (const picture of next) {
      const bytes = await from.read(picture);
      if (bytes === undefined) lost++;
      else {
        await to.write(picture, bytes);
        moved++;
      }
      onProgress('pictures', moved + lost, all);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, move));
  const after = await sizesIn(to);
  const missing = [...wanted.values()].filter(({ hash, size }) => after.get(hash) !== size).length - lost;
  if (missing > 0)
    throw new Error(`${missing} pictures are missing after they were written. Run the same command again.`);
  return { moved, skipped, lost };
}

async function picturesOf(records: MovingDatabase): Promise<Map<string, Picture>> {
  const wanted = new Map<string, Picture>();
  const tables = await records.tables();
  for await (const text of texts(records, tables, 'cards', 'outcome')) {
    const outcome = JSON.parse(text) as Outcome;
    if (outcome.kind === 'picture') wanted.set(outcome.picture.hash, outcome.picture);
  }
  for await (const text of texts(records, tables, 'websites', 'settings')) {
    const { fallbackPicture } = JSON.parse(text) as Partial<WebsiteSettings>;
    if (fallbackPicture) wanted.set(fallbackPicture.hash, fallbackPicture);
  }
  return wanted;
}

async function* texts(records: MovingDatabase, tables: readonly Table[], name: string, column: string) {
  const table = tables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`There is no table ${name}.`);
  for (let last: Row | undefined; ; ) {
    const rows: Row[] = await records.rows(table, [...table.key, column], last);
    for (const row of rows) yield String(row.at(-1));
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.slice(0, -1);
  }
}

async function sizesIn(storage: PictureStorage): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for await (const { hash, size } of storage.entries()) sizes.set(hash, size);
  return sizes;
}
