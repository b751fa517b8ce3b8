/** What `package.json` promises: that the files, commands, settings and colours it names are there. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GIVEN } from './code-server';

const root = join(GIVEN.examples, '..');
const extension = join(root, 'editors/vscode');
const read = (path: string) => readFileSync(join(extension, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const { contributes } = manifest;
const source = readdirSync(join(extension, 'src'))
  .map((name) => read(join('src', name)))
  .join('\n');
const settings: Record<string, Record<string, unknown>> = contributes.configuration.properties;
const commands: string[] = contributes.commands.map(({ command }: { command: string }) => command);

/** The commands that the links of `markdown` run. */
const linked = (markdown: string) =>
  [...markdown.matchAll(/\]\(command:([\w.]+)/g)].map((found) => found[1] ?? '');

/** VS Code's own commands, which the manifest may link to. */
const isBuiltIn = (command: string) => command.startsWith('workbench.');

test('a folder that is not trusted cannot choose a program that is run', () => {
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, 'limited');
  for (const [name, { scope }] of Object.entries(settings)) {
    if (scope === 'machine' || scope === 'machine-overridable') {
      assert.ok(restrictedConfigurations.includes(name), `${name} names something on the machine`);
    }
  }
  for (const name of restrictedConfigurations) {
    assert.ok(name in settings, `${name} is a setting`);
  }
});

test('each step of the walkthrough shows a page and runs commands that there are', () => {
  for (const { id, steps } of contributes.walkthroughs) {
    for (const step of steps) {
      assert.ok(existsSync(join(extension, step.media.markdown)), `${id}/${step.id}: ${step.media.markdown}`);
      const done = step.completionEvents.map((event: string) => event.split(':'));
      for (const [kind, name] of done) {
        const exists = {
          onCommand: () => commands.includes(name) || isBuiltIn(name),
          onSettingChanged: () => name in settings,
          onStepSelected: () => true,
        }[kind as string];
        assert.ok(exists?.(), `${id}/${step.id}: ${kind}:${name}`);
      }
      for (const command of [...linked(step.description), ...linked(read(step.media.markdown))]) {
        assert.ok(commands.includes(command) || isBuiltIn(command), `${id}/${step.id}: ${command}`);
      }
    }
  }
});

test('every command of the palette is one that the extension runs', () => {
  for (const command of commands) {
    assert.ok(source.includes(`'${command}'`), command);
  }
});

test('every setting says what it does, and its links go somewhere', () => {
  for (const [
    name,
    { markdownDescription, default: value, type, enum: values, enumDescriptions },
  ] of Object.entries(settings)) {
    assert.match(String(markdownDescription), /\.$/, name);
    assert.equal(Array.isArray(value) ? 'array' : typeof value, type, `${name}: its default is of its type`);
    if (values !== undefined) {
      assert.ok((values as unknown[]).includes(value), `${name}: its default is one of its values`);
    }
    if (enumDescriptions !== undefined) {
      assert.equal((enumDescriptions as unknown[]).length, (values as unknown[]).length, name);
    }
    for (const command of linked(String(markdownDescription))) {
      assert.ok(commands.includes(command) || isBuiltIn(command), `${name}: ${command}`);
    }
  }
});

test('the page in the marketplace names every setting', () => {
  const page = read('README.md');
  for (const name of Object.keys(settings)) {
    assert.ok(page.includes(`\`${name}\``), name);
  }
});

test('settings are listed in an order of which no two share a place', () => {
  const orders = Object.values(settings).map(({ order }) => order);
  assert.equal(new Set(orders).size, orders.length);
});

test('onrecord.toml is checked against the schema that the repository holds', () => {
  const [validation] = contributes.tomlValidation;
  assert.equal(validation.fileMatch, 'onrecord.toml');
  const path = new URL(validation.url).pathname.replace('/onrecord/onrecord/main/', '');
  const schema = JSON.parse(readFileSync(join(root, path), 'utf8'));
  assert.equal(schema.type, 'object');
  assert.ok(Object.keys(schema.properties).length > 0);
});

test('defaults are for a language of the extension', () => {
  const languages = contributes.languages.map(({ id }: { id: string }) => `[${id}]`);
  for (const [language, values] of Object.entries(contributes.configurationDefaults)) {
    assert.ok(languages.includes(language), language);
    for (const name of Object.keys(values as object)) {
      assert.match(name, /^editor\./, 'only the editor is set up');
    }
  }
});

test('the kinds of words that the server is told of are declared, with a colour for each', () => {
  const told = /TYPES = \[(.*?)\]/s.exec(source)?.[1]?.match(/\w+/g)?.sort();
  const declared = contributes.semanticTokenTypes.map(({ id }: { id: string }) => id).sort();
  const [{ scopes }] = contributes.semanticTokenScopes;
  assert.deepEqual(told, declared);
  assert.deepEqual(Object.keys(scopes).sort(), declared);
  for (const [kind, names] of Object.entries(scopes)) {
    // Its own, for a theme that knows it, and one that every theme has.
    assert.equal((names as string[]).length, 2, kind);
  }
});
