import { env } from '$env/dynamic/private';
import { createOgPlus } from '@ogplus/client';

export const og = createOgPlus({ connectionUrl: env.OGPLUS_CONNECTION_URL });

/** A page's own address. */
export const pageUrl = (path) => new URL(path, env.SITE_URL);
