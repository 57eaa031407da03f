import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { session } from '../../api/session.ts';
import { changeSettings, showSettings } from '../../api/settings.ts';
import type { SettingsChange, Website } from '../../api/types.ts';
import { say } from '../../parts/say.ts';
import { text } from '../../text/text.ts';
import { draftOf, keepDraft } from './drafts.ts';
import { changeOf, fieldOf, rules, type Values, valuesOf } from './fields.ts';

/** The form and how it is saved; an error of the service is shown at the field that it names. */
export function useSettingsForm({ id, settings }: Website) {
  const client = useQueryClient();
  const person = useQuery(session).data?.person?.id ?? '';
  const form = useForm<Values>({
    initialValues: valuesOf(settings),
    validate: rules,
    validateInputOnBlur: true,
    onValuesChange: (values) => keepDraft(person, id, isEqual(values, valuesOf(settings)) ? undefined : values),
  });
  const [isRestored, setRestored] = useState(false);
  // What was typed when the session ended.
  useEffect(() => {
    const draft = draftOf(person, id);
    if (draft === undefined) return;
    form.setValues(draft);
    setRestored(true);
  }, [person, id]);
  const forget = () => {
    keepDraft(person, id, undefined);
    setRestored(false);
  };
  const show = (values: Values) => {
    form.setInitialValues(values);
    form.setValues(values);
    form.resetDirty(values);
    forget();
  };

  const known = JSON.stringify(valuesOf(settings));
  // What others change is taken in, and nothing that is being typed is lost.
  useEffect(() => {
    if (!form.isDirty() && draftOf(person, id) === undefined) show(JSON.parse(known));
  }, [known]);

  const saving = useMutation({
    mutationFn: (change: SettingsChange) => changeSettings(id, change),
    onSuccess: async (saved) => {
      show(valuesOf(saved));
      say(text.settings.saved);
      await showSettings(client, id, saved);
    },
    onError: ({ message }) => {
      const field = fieldOf(message, form.getValues());
      if (field !== undefined) form.setFieldError(field, message);
    },
  });

  const submit = form.onSubmit((values) => {
    const change = changeOf(values, settings);
    if (Object.keys(change).length === 0) show(valuesOf(settings));
    else saving.mutate(change);
  });
  const isAtField = saving.error !== null && fieldOf(saving.error.message, form.values) !== undefined;
  const discard = () => {
    form.reset();
    forget();
  };
  return {
    form,
    submit,
    discard,
    forget,
    isRestored,
    isSaving: saving.isPending,
    error: isAtField ? null : saving.error,
  };
}

function isEqual(a: Values, b: Values): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
