import { createOgPlus } from '@ogplus/client';

export const og = createOgPlus({ connectionUrl: process.env.OGPLUS_CONNECTION_URL });
