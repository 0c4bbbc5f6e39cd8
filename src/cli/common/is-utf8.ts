/** Whether the locale says UTF-8; no locale at all is taken as UTF-8, which is what terminals are today. */
export function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return locale === '' || /utf-?8/iu.test(locale);
}
