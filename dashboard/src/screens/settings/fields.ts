import type { settingLimits } from '../../../../server/src/model/setting-limits.ts';
import type { Settings, SettingsChange } from '../../api/types.ts';
import { text } from '../../text/text.ts';

const words = text.settings;

/** The service's own, which checks them too: said again, so that nothing of it is built in, and the types keep them equal. */
export const limits: typeof settingLimits = {
  defaultMaxAge: { minimum: 0, maximum: 31_536_000 },
  viewportWidth: { minimum: 320, maximum: 2400 },
  patience: { minimum: 0, maximum: 120_000 },
  recheckInterval: { minimum: 1, maximum: 31_536_000 },
  rendersPerMinute: { minimum: 1, maximum: 1_000_000 },
};

export type NumberName = keyof typeof limits;
export const numberNames = Object.keys(limits) as NumberName[];

const units: Readonly<Record<NumberName, string>> = {
  defaultMaxAge: words.units.seconds,
  viewportWidth: words.units.pixels,
  patience: words.units.milliseconds,
  recheckInterval: words.units.seconds,
  rendersPerMinute: words.units.cards,
};

export const unitOf = (name: NumberName): string => units[name];

// As many as the service takes.
const mostRedirectHosts = 50;

/** What stands in the form: a number that is not set is an empty field, and so is a name. */
export type Values = Record<NumberName, number | string> & {
  equalDocuments: boolean;
  oneCard: boolean;
  /** Names with commas between; empty: those of campaigns. */
  ignoredParameters: string;
  fetchToken: boolean;
  ownHost: string;
  redirectHosts: string[];
};

export function valuesOf(settings: Settings): Values {
  return {
    defaultMaxAge: settings.defaultMaxAge ?? '',
    viewportWidth: settings.viewportWidth ?? '',
    patience: settings.patience ?? '',
    recheckInterval: settings.recheckInterval ?? '',
    rendersPerMinute: settings.rendersPerMinute ?? '',
    equalDocuments: settings.equalDocuments,
    oneCard: settings.oneCard,
    ignoredParameters: settings.ignoredParameters === null ? '' : settings.ignoredParameters.join(', ') || noParameters,
    fetchToken: settings.fetchToken,
    ownHost: settings.ownHost ?? '',
    redirectHosts: settings.redirectHosts,
  };
}

/** What is typed so that nothing is left out. */
const noParameters = 'none';

function parametersOf(text: string): string[] | null {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0) return null;
  return names.length === 1 && names[0] === noParameters ? [] : names;
}

/** What the form asks for; the framework is chosen where snippets are. */
function settingsOf(values: Values): Required<Omit<SettingsChange, 'framework'>> {
  const number = (value: number | string) => (value === '' ? null : Number(value));
  return {
    ...values,
    defaultMaxAge: number(values.defaultMaxAge),
    viewportWidth: number(values.viewportWidth),
    patience: number(values.patience),
    recheckInterval: number(values.recheckInterval),
    rendersPerMinute: number(values.rendersPerMinute),
    ignoredParameters: parametersOf(values.ignoredParameters),
    ownHost: values.ownHost.trim() === '' ? null : values.ownHost.trim(),
  };
}

/** What differs, and nothing else: others may be changing the rest. */
export function changeOf(values: Values, settings: Settings): SettingsChange {
  const wanted = settingsOf(values);
  const isNew = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(settings[name as keyof Settings]);
  return Object.fromEntries(Object.entries(wanted).filter(isNew));
}

/** What is wrong with a field, in a sentence; null where nothing is. */
export const rules = {
  ...(Object.fromEntries(numberNames.map((name) => [name, numberRule(name)])) as Record<
    NumberName,
    (value: number | string) => string | null
  >),
  ownHost: (value: string) =>
    value.trim() === '' || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value.trim()) ? null : words.ownHostWrong,
  redirectHosts: (hosts: string[]) => {
    const wrong = hosts.find((host) => host !== '' && !isRedirectHost(host));
    if (wrong !== undefined) return words.redirectHostWrong(wrong);
    return hosts.length > mostRedirectHosts ? words.redirectHostsMost : null;
  },
};

/** As the service takes them: a host or `*.` before one, with a port perhaps. */
function isRedirectHost(text: string): boolean {
  const [, wildcard = '', host = ''] = /^(\*\.)?([^*/?#\\@\s]+)$/.exec(text.trim()) ?? [];
  const isAddress = /^\[|^[\d.]+(:\d+)?$/.test(host);
  return host !== '' && URL.canParse(`https://${host}`) && !(wildcard !== '' && isAddress);
}

function numberRule(name: NumberName): (value: number | string) => string | null {
  const { minimum, maximum } = limits[name];
  const unit = units[name];
  return (value) => {
    if (value === '') return null;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) return words.whole(unit);
    return number < minimum || number > maximum ? words.between(minimum, maximum, unit) : null;
  };
}

/** Which field a sentence of the service is about: the one that it names, or whose content it quotes. */
export function fieldOf(sentence: string, values: Values): keyof Values | undefined {
  const named = Object.keys(values).find((name) => new RegExp(`\\b${name}\\b`).test(sentence));
  if (named !== undefined) return named as keyof Values;
  const [, quoted] = /^"([^"]*)"/.exec(sentence) ?? [];
  if (quoted !== undefined && parametersOf(values.ignoredParameters)?.includes(quoted) === true)
    return 'ignoredParameters';
  const ownHost = values.ownHost.trim();
  if (ownHost !== '' && sentence.includes(ownHost)) return 'ownHost';
  return values.redirectHosts.some((host) => sentence.includes(`"${host}"`)) ? 'redirectHosts' : undefined;
}
