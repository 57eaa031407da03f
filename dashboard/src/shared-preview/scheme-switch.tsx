import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { text } from '../text/text.ts';
import { Choice } from './choice.tsx';

const words = text.sharedPreview.page;

/** Light or dark, without a script: the style sheet looks at what is chosen. */
export function SchemeSwitch() {
  const { auto, light, dark } = words.schemes;
  return (
    <Choice
      legend={words.scheme}
      name="scheme"
      options={[
        { id: 'scheme-auto', label: auto, Icon: IconDeviceDesktop },
        { id: 'scheme-light', label: light, Icon: IconSun },
        { id: 'scheme-dark', label: dark, Icon: IconMoon },
      ]}
    />
  );
}
