import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { after, completions, hover, open, until } from './editor';
import type { Tests } from './main';

const EXAMPLES = process.env.ONRECORD_TEST_EXAMPLES ?? '';
const TIMES = 100;
/** Milliseconds. Twice what a machine with nothing else to do may take: tests share theirs. */
const INSTANT = 100;
/** What is slow while others have the machine is asked again; a slow server is slow each time. */
const ROUNDS = 3;

/** Milliseconds that 95 of 100 take at most, in the first instant round or in the best one. */
async function p95(ask: (round: number) => PromiseLike<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS && best >= INSTANT; round++) {
    best = Math.min(best, await p95OfRound(ask));
  }
  return best;
}

async function p95OfRound(ask: (round: number) => PromiseLike<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < TIMES; round++) {
    const began = performance.now();
    await ask(round);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(TIMES * 0.95)] ?? Number.POSITIVE_INFINITY;
}

export const speedTests: Tests = {
  'the sample has its first squiggle within two seconds': async () => {
    const began = performance.now();
    const { document } = await open(
      'sample.txt',
      readFileSync(join(EXAMPLES, 'unga-resolution.txt'), 'utf8'),
    );
    await until('a diagnostic', () =>
      vscode.languages.getDiagnostics(document.uri).some(({ source }) => source === 'onrecord'),
    );
    const taken = performance.now() - began;
    console.log(`first diagnostic after ${taken.toFixed(0)} ms`);
    assert.ok(taken < 2000);
  },

  'hover and completion are instant': async () => {
    const text = readFileSync(join(EXAMPLES, 'unga-resolution.article'), 'utf8');
    const { document } = await open('sample.article', text);
    await until('a diagnostic', () => vscode.languages.getDiagnostics(document.uri).length > 0);
    const name = after(document, '[Shehbaz ');
    const value = after(document, 'stance=');
    const hovering = await p95(() => hover(document.uri, name));
    const completing = await p95(() => completions(document.uri, value));
    console.log(`p95 of ${TIMES}: hover ${hovering.toFixed(1)} ms, completion ${completing.toFixed(1)} ms`);
    assert.ok(hovering < INSTANT && completing < INSTANT);
  },
};
