import { describe, expect, it } from 'vitest';
import { backtracksExponentially } from './backtracking.ts';

describe('patterns that may take for ever', () => {
  it.each([
    '^(a+)+$',
    '^(a*)*b$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '^([a-zA-Z0-9]+)*$',
    '^(\\w+\\s?)*$',
    '^(\\d|\\w)+!$',
    '^([a-z]+-?)+$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '^(a{1,50}){1,50}$',
    '^(?:x+x+)+y$',
  ])('%s', (pattern) => {
    expect(backtracksExponentially(pattern)).toBe(true);
  });
});

describe('patterns that do not', () => {
  it.each([
    '^[a-z]+$',
    '^[a-z]+(-[a-z]+)*$',
    '^(\\w+\\.)*\\w+$',
    '^x-[\\w\\d\\.\\x2d_]+$',
    '^a*a*$',
    '^([0-9]+\\.)*[0-9]+$',
    '^(?:[A-Z]{2,4}[0-9]{1,10},?)+$',
    '(a+)+',
    '^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]+$',
    '^\\+?[1-9]\\d{1,14}$',
    '^(\\$message\\.(payload|header)#)?(/([^~/]|~0|~1)+)+$',
    '^P(?=.)([0-9]+W)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?)?$',
    '^(a?)*$',
    '(unclosed',
  ])('%s', (pattern) => {
    expect(backtracksExponentially(pattern)).toBe(false);
  });
});
