import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { hostOf } from '../../parts/host-of.ts';
import { text } from '../../text/text.ts';
import { targetOf } from './target-of.ts';

const words = text.check;

export interface CheckFormProps {
  readonly origin: string;
  readonly target: string;
  readonly isLooking: boolean;
  readonly look: (target: string) => void;
}

export function CheckForm({ origin, target, isLooking, look }: CheckFormProps) {
  const form = useForm({ initialValues: { path: target } });
  const submit = form.onSubmit(({ path }) => {
    const typed = targetOf(path, origin);
    if ('wrong' in typed) {
      form.setFieldError('path', typed.wrong === 'spaces' ? words.spaces : words.foreign(hostOf(origin)));
      return;
    }
    form.setValues({ path: typed.target });
    look(typed.target);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="sm" align="flex-start" maw={860}>
        <TextInput
          flex={1}
          miw={220}
          size="md"
          aria-label={words.path}
          description={words.pathHint}
          inputWrapperOrder={['input', 'error', 'description']}
          placeholder="/"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 15 } }}
          {...form.getInputProps('path')}
        />
        <Button type="submit" size="md" loading={isLooking}>
          {form.isDirty() ? words.submit : words.again}
        </Button>
      </Group>
    </form>
  );
}
