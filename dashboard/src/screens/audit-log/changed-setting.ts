import { frameworkNames } from '../../../../server/src/model/frameworks.ts';
import { frameworkOf } from '../../../../server/src/snippets/frameworks.ts';
import type { AuditAction } from '../../api/types.ts';
import { numberOf } from '../../parts/numbers.ts';
import { spanOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';

type Changed = Extract<AuditAction, { kind: 'settings.changed' }>['changes'][number];

const words = text.auditLog;
const { value } = words;

/** `Default lifetime: from none to 1 hour`, or as a sentence. */
export function changedSetting({ name, from, to }: Changed, as: 'sentence' | 'line'): string {
  const { picture, switched, fromTo } = words[as];
  if (name === 'fallbackPicture') {
    if (to === null) return picture.removed;
    return from === null ? picture.set : picture.replaced;
  }
  const label = text.settings[name];
  if (typeof to === 'boolean') return switched(label, to);
  return fromTo(label, shown(name, from), shown(name, to));
}

function shown(name: Exclude<Changed['name'], 'fallbackPicture'>, is: Changed['from']): string {
  if (Array.isArray(is)) return is.length === 0 ? value.none : is.join(', ');
  if (is === null) return unset[name] ?? value.usual;
  if (name === 'framework') return frameworkNames[frameworkOf(String(is)).id];
  if (typeof is !== 'number') return String(is);
  switch (name) {
    case 'viewportWidth':
      return value.pixels(numberOf(is));
    case 'rendersPerMinute':
      return value.perMinute(numberOf(is));
    case 'patience':
      return text.time.seconds(String(is / 1000));
    default:
      return spanOf(is);
  }
}

/** What a setting is without a value; the service's default where nothing stands here. */
const unset: Readonly<Partial<Record<Changed['name'], string>>> = {
  defaultMaxAge: value.none,
  viewportWidth: value.ownWidth,
  ignoredParameters: value.usualParameters,
  ownHost: value.none,
  framework: value.none,
};
