import type { AuditAction, ChangedSetting, SettingValue } from '../../model/audit.ts';
import type { WebsiteSettings } from '../../model/website.ts';

/** The settings that differ, as an action; none where all are what they were. Pure. */
export function settingsChanged(
  change: { readonly before: WebsiteSettings; readonly after: WebsiteSettings } | undefined,
): AuditAction[] {
  if (change === undefined) return [];
  const [before, after] = [plain(change.before), plain(change.after)];
  const names = Object.keys(after) as Array<keyof WebsiteSettings>;
  const changes = names
    .map((name): ChangedSetting => ({ name, from: before[name], to: after[name] }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
  return changes.length === 0 ? [] : [{ kind: 'settings.changed', changes }];
}

function plain(settings: WebsiteSettings): Readonly<Record<keyof WebsiteSettings, SettingValue>> {
  return { ...settings, fallbackPicture: settings.fallbackPicture?.hash ?? null };
}
