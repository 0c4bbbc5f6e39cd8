import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReadList } from '../../../src/cli/many/list-entry.ts';
import { readPlainList } from '../../../src/cli/many/plain-list.ts';
import { readTargets } from '../../../src/cli/many/read-targets.ts';
import { readYamlList } from '../../../src/cli/many/yaml-list.ts';

const told = (read: ReadList | null) => read?.entries.map(({ input, name, line }) => `${line} ${name ?? '-'} ${input}`);

test('one a line, with comments, names and URLs that hold an equals sign', () => {
  const text = '# all\ndb1:5432\n\n web = 10.0.0.1:443 # edge\r\nhttps://h.example/a?b=c#d';
  expect(told(readPlainList(text))).toEqual(['2 - db1:5432', '4 web 10.0.0.1:443', '5 - https://h.example/a?b=c#d']);
});

test('an Ansible inventory: hosts, ranges, addresses and ports; variables and children hold no hosts', () => {
  const text =
    'bastion\n[web]\nweb[08:10].example\ndb ansible_host=10.0.0.5 ansible_port=2222\n[web:vars]\na=b\n[all:children]\nweb\n[big]\nh[1:999999]';
  const read = readPlainList(text);
  expect(told(read)).toEqual([
    '1 - bastion',
    '3 - web08.example',
    '3 - web09.example',
    '3 - web10.example',
    '4 db 10.0.0.5:2222',
  ]);
  expect(read.bad).toEqual([{ line: 10, message: expect.stringContaining('range') }]);
});

test('file_sd of Prometheus, as JSON and as YAML, with the line of each', () => {
  expect(told(readYamlList('[\n {"targets": ["a:9100",\n "b:9100"], "labels": {"x": "y"}}\n]'))).toEqual([
    '2 - a:9100',
    '3 - b:9100',
  ]);
  expect(told(readYamlList('- targets:\n  - a:9100\n  labels:\n    x: y\n'))).toEqual(['2 - a:9100']);
});

test('an Ansible inventory in YAML', () => {
  const text = 'all:\n  hosts:\n    a:\n  children:\n    web:\n      hosts:\n        b: {ansible_host: 10.0.0.2}\n';
  expect(told(readYamlList(text))).toEqual(['3 - a', '7 b 10.0.0.2']);
});

test('a document that refers to itself is no trap, and one that is broken names its line', () => {
  expect(readYamlList('a: &a\n  children:\n    b: *a\n    c: *a\n')?.entries).toEqual([]);
  expect(readYamlList('all:\n  hosts: [\n')?.bad[0]?.line).toBeGreaterThan(1);
});

test('a list that is too long is refused, not asked', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'netwhy-many-')), 'targets');
  await writeFile(file, '10.0.0.1\n'.repeat(500_000));
  await expect(readTargets(file)).rejects.toThrow('more than 10000 targets');
  await writeFile(file, '10.0.0.1\n'.repeat(1_000_000));
  await expect(readTargets(file)).rejects.toThrow('MiB');
});
