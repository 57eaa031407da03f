import { Alert, Text } from '@mantine/core';
import { LeaveGuard } from '../../parts/leave-guard.tsx';
import { Screen } from '../../parts/screen.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { DangerZone } from './danger-zone.tsx';
import { FallbackPicture } from './fallback-picture.tsx';
import { SaveBar } from './save-bar.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const words = text.settings;

/** What can be set for a website; each field has a default that works. */
export function Component() {
  const website = useWebsite();
  const { form, submit, discard, forget, isRestored, isSaving, error } = useSettingsForm(website);
  const isDirty = form.isDirty();
  const mayChange = website.role !== 'viewer';
  return (
    <Screen title={words.title} width={780}>
      <LeaveGuard isDirty={isDirty} onLeave={forget} />
      {isRestored && isDirty && (
        <Alert color="sea" role="status">
          {words.restored}
        </Alert>
      )}
      {!mayChange && <Text c="dimmed">{words.readOnly}</Text>}
      <SettingsForm form={form} submit={submit} website={website} error={error} mayChange={mayChange} />
      <FallbackPicture website={website} mayChange={mayChange} />
      {website.role === 'owner' && <DangerZone website={website} />}
      {isDirty && mayChange && <SaveBar isSaving={isSaving} discard={discard} />}
    </Screen>
  );
}
