import type { Scope } from '../../api/types.ts';

/** All of them, by what they are about; the types say where one is missing. */
const known: Readonly<Record<Scope, true>> = {
  'website:read': true,
  'website:write': true,
  'website:create': true,
  'pages:read': true,
  'pages:purge': true,
  'usage:read': true,
  'keys:write': true,
  'members:write': true,
  preview: true,
};

export const scopes = Object.keys(known) as Scope[];

// What a program is made for first: a purge when something was deployed.
export const usualScopes: readonly Scope[] = ['pages:read', 'pages:purge'];
