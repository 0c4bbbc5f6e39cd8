const TAG = /^<(?<close>\/?)(?<name>[A-Za-z][\w-]*)(?<attributes>(?:\s+[\w-]+="[^"<]*")*)\s*(?<self>\/?)>/u;
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)/u;

/** Of HTML: elements that have no end tag. */
const VOID = new Set(['meta']);

/** Names of the elements of a document, each opened and closed in order; throws for what is not well-formed. */
export function tagsOf(text: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  let rest = text.replace(/^<\?xml [^>]*\?>\s*|^<!doctype html>\s*/u, '');
  for (let at = rest.indexOf('<'); at >= 0; at = rest.indexOf('<')) {
    if (open.at(-1) !== 'style') onlyOurs(rest.slice(0, at));
    rest = rest.slice(at);
    const found = TAG.exec(rest);
    if (found === null) throw new Error(`no tag: ${rest.slice(0, 80)}`);
    const { close, name = '', attributes = '', self } = found.groups ?? {};
    onlyOurs(attributes);
    if (close !== '/') names.push(name);
    if (close === '/' && open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    if (close !== '/' && self !== '/' && !VOID.has(name)) open.push(name);
    rest = rest.slice(found[0].length);
  }
  onlyOurs(rest);
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return names;
}

function onlyOurs(words: string): void {
  if (ENTITY.test(words)) throw new Error(`an entity of somebody else: ${words.slice(0, 80)}`);
}
