import { Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { FormEvent } from 'react';
import type { Website } from '../../api/types.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { hostOf } from '../../parts/host-of.ts';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import { FieldNote, noteStyle } from './field-note.tsx';
import type { Values } from './fields.ts';
import { NumberField } from './number-field.tsx';
import { OwnHostProof } from './own-host-proof.tsx';
import classes from './settings.module.css';

const words = text.settings;
const { groups } = words;
// As heavy as the labels of other fields.
const switchStyles = { label: { fontWeight: 500 }, description: noteStyle } as const;

/** The button that saves stands elsewhere on the screen. */
export const formId = 'settings';

export interface SettingsFormProps {
  readonly form: UseFormReturnType<Values>;
  readonly submit: (event?: FormEvent<HTMLFormElement>) => void;
  readonly website: Website;
  /** About no field. */
  readonly error: Error | null;
  readonly mayChange: boolean;
}

export function SettingsForm({ form, submit, website, error, mayChange }: SettingsFormProps) {
  return (
    <form id={formId} onSubmit={submit} noValidate>
      <fieldset disabled={!mayChange} className={classes['fields']}>
        <Stack gap="lg">
          {error && <ErrorNote error={error} />}
          <Section title={groups.freshness} lead={groups.freshnessWhy}>
            <Stack gap="xl">
              <NumberField form={form} name="defaultMaxAge" />
              <Switch
                label={words.equalDocuments}
                description={<FieldNote why={words.equalDocumentsWhy} byDefault={words.off} />}
                styles={switchStyles}
                {...form.getInputProps('equalDocuments', { type: 'checkbox' })}
              />
              <NumberField form={form} name="patience" />
              <NumberField form={form} name="recheckInterval" />
            </Stack>
          </Section>
          <Section title={groups.drawing}>
            <Stack gap="xl">
              <NumberField form={form} name="viewportWidth" note={words.viewportWidthChange} />
              <Switch
                label={words.oneCard}
                description={<FieldNote why={words.oneCardWhy} byDefault={words.off} />}
                styles={switchStyles}
                {...form.getInputProps('oneCard', { type: 'checkbox' })}
              />
              <NumberField form={form} name="rendersPerMinute" />
            </Stack>
          </Section>
          <Section title={groups.addresses}>
            <Stack gap="xl">
              <TextInput
                label={words.ignoredParameters}
                description={<FieldNote why={words.ignoredParametersWhy} byDefault={words.ignoredParametersDefault} />}
                placeholder="utm_*, fbclid, gclid, …"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                styles={{ description: noteStyle }}
                {...form.getInputProps('ignoredParameters')}
              />
              <TextInput
                label={words.ownHost}
                description={
                  <FieldNote why={words.ownHostWhy(hostOf(website.connectionUrl))} byDefault={words.ownHostDefault} />
                }
                placeholder="cards.example.com"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                styles={{ description: noteStyle, wrapper: { maxWidth: 380 } }}
                {...form.getInputProps('ownHost')}
              />
              <OwnHostProof settings={website.settings} />
              <TagsInput
                label={words.redirectHosts}
                description={<FieldNote why={words.redirectHostsWhy} byDefault={words.redirectHostsDefault} />}
                styles={{ description: noteStyle }}
                {...(form.values.redirectHosts.length === 0 ? { placeholder: '*.example.com' } : {})}
                splitChars={[',', ' ']}
                acceptValueOnBlur
                disabled={!mayChange}
                {...form.getInputProps('redirectHosts')}
                // Several that were pasted at once, too.
                onChange={(hosts) =>
                  form.setFieldValue(
                    'redirectHosts',
                    hosts.flatMap((one) => one.split(/[\s,]+/)),
                  )
                }
              />
              <Switch
                label={words.fetchToken}
                description={<FieldNote why={words.fetchTokenWhy} byDefault={words.off} />}
                styles={switchStyles}
                {...form.getInputProps('fetchToken', { type: 'checkbox' })}
              />
            </Stack>
          </Section>
        </Stack>
      </fieldset>
    </form>
  );
}
