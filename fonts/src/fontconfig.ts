// The same Chinese character is written differently in these languages. Fontconfig tells by the characters alone, which
// each of these fonts has.
const languages = { 'Noto Sans JP': 'ja', 'Noto Sans KR': 'ko', 'Noto Sans SC': 'zh-cn', 'Noto Sans TC': 'zh-tw' };
// Languages that Chromium asks for and that fontconfig takes for another one of these.
const writtenAs = { 'zh-hant': 'zh-tw', 'zh-hk': 'zh-tw', 'zh-mo': 'zh-tw' };

const generic = {
  'sans-serif': 'Noto Sans',
  'system-ui': 'Noto Sans',
  serif: 'Noto Serif',
  monospace: 'Noto Sans Mono',
  emoji: 'Noto Color Emoji',
};

/**
 * The text of a `fonts.conf` that adds fonts to the system's. The system's own configuration comes first, where there is
 * one: what it says of its fonts holds. Fonts in `~/.fonts` count too.
 * @param fonts the folder with ours.
 * @param cache where fontconfig keeps what it read of them.
 */
export function fontconfig(fonts: string, cache: string): string {
  const rules = [
    ...Object.entries(languages).map(([font, language]) => rule('scan', ofFont(font), language)),
    ...Object.entries(writtenAs).map(([asked, language]) => rule('pattern', ofLanguage(asked), language)),
  ];
  const aliases = Object.entries(generic).map(
    ([family, font]) => `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${escaped(fonts)}</dir>
  <dir>~/.fonts</dir>
  <cachedir>${escaped(cache)}</cachedir>
  ${[...rules, ...aliases].join('\n  ')}
</fontconfig>
`;
}

function rule(target: string, test: string, language: string): string {
  return `<match target="${target}">
    ${test}
    <edit name="lang" mode="assign"><string>${language}</string></edit>
  </match>`;
}

function ofFont(font: string): string {
  return `<test name="family" compare="contains"><string>${font}</string></test>`;
}

function ofLanguage(language: string): string {
  return `<test name="lang"><string>${language}</string></test>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
