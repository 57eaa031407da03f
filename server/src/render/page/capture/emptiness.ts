import sharp from 'sharp';
import type { PreparedDocument } from '../../document/prepare-document.ts';
import type { Page } from '../page.ts';
import { errorsOf } from '../page-errors.ts';
import type { PageContent } from '../ready/inspect-page.ts';
import type { Viewport } from '../viewport.ts';
import type { Shot } from './capture.ts';

// Bytes per pixel of a picture of one colour with a few words. Larger pictures are not examined.
const bytesPerPixel = { 'image/png': 0.0161, 'image/jpeg': 0.0062 };
const bytesOfAWord = 2000;
// Differences within one colour in a lossy format.
const sameColour = 6;

export interface Emptiness {
  readonly page: Page;
  readonly document: PreparedDocument;
  readonly content: PageContent;
  readonly shot: Shot;
  readonly viewport: Viewport;
  /** Whether the page was captured before it was ready. */
  readonly isCut: boolean;
}

/**
 * Why a picture is not a card, in sentences for the page's owner; undefined if it is one. Never decided by one sign alone: a
 * page of one colour may be intended.
 */
export async function emptinessOf({
  page,
  document,
  content,
  shot,
  viewport,
  isCut,
}: Emptiness): Promise<readonly string[] | undefined> {
  const { hasText, hasPicture, isHidden, isEmpty } = content;
  const isShown = hasText || hasPicture;
  const pixels = viewport.pictureWidth * viewport.pictureHeight;
  const isSmall = shot.bytes.length <= pixels * bytesPerPixel[shot.type] + bytesOfAWord;
  const colour = isSmall ? await onlyColourOf(shot) : undefined;
  const isPlain = colour !== undefined;
  if (!isPlain && (isShown || !document.moves)) return undefined;
  const hasStyle = document.options.style !== undefined;
  if (isPlain && document.mode === 'template' && isEmpty && !hasStyle) return ['The template of the card is empty.'];
  const faults = await faultsOf(page);
  // A picture, or an iframe's content, may itself be of one colour.
  if (isPlain && hasText && !hasPicture)
    return ['The picture has only one colour, although the page has text in view.', ...faults];
  if (isPlain && isHidden && !hasPicture)
    return ['The picture has only one colour: the content of the page is hidden.', ...faults];
  if (colour === 'white' && !isShown)
    return isCut
      ? ['The picture has only one colour, and the page was still loading.', ...faults]
      : ['The page is empty.', ...faults];
  // A page without text or pictures is plain on purpose, unless it has space for them and something failed.
  if (!isShown && !isEmpty && faults.length > 0) return ['The page shows neither text nor pictures.', ...faults];
  return undefined;
}

/** Errors and failed requests of the page, in sentences. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const errors = await errorsOf(page);
  const { failed } = page.traffic;
  return [
    ...errors.map((error) => `The page has an error: ${error}`),
    ...failed.map((what) => `A request of the page failed: ${what}`),
  ];
}

/** An empty page is white in a browser: any other colour was intended. */
async function onlyColourOf({ bytes }: Shot): Promise<'white' | 'another' | undefined> {
  const { channels } = await sharp(bytes).removeAlpha().stats();
  if (channels.some(({ min, max }) => max - min > sameColour)) return undefined;
  return channels.every(({ min }) => min >= 255 - sameColour) ? 'white' : 'another';
}
