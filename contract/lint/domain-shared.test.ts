import { describe, expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint } from './index.ts';

const DOCUMENT = 'asyncapi: 3.0.0\ninfo: { title: Orders, version: 1.0.0 }\n';

describe('domains', () => {
  const found = (...files: string[]) =>
    lint(load(memoryReader(Object.fromEntries(files.map((it) => [it, DOCUMENT])))).workspace)
      .filter(({ code }) => code === 'document/domain-shared')
      .map(({ severity, message, at }) => ({ severity, message, file: at.file }));

  it('of two folders are told once', () => {
    const south = ['specs/south/shop/orders.asyncapi.yaml', 'specs/south/shop/stock.asyncapi.yaml'];
    expect(found('specs/north/shop/orders.asyncapi.yaml', ...south)).toEqual([
      {
        severity: 'warning',
        message: '`specs/south/shop` and `specs/north/shop` are both the domain `shop`',
        file: south[0],
      },
    ]);
  });

  it('that differ by capital letters overwrite each other on some disks', () => {
    expect(found('specs/Shop/orders.asyncapi.yaml', 'specs/shop/orders.asyncapi.yaml')).toEqual([
      {
        severity: 'error',
        message: '`specs/shop` and `specs/Shop` are domains whose names differ by capital letters alone',
        file: 'specs/shop/orders.asyncapi.yaml',
      },
    ]);
  });

  it('of one folder each are no fault', () => {
    expect(found('specs/shop/orders.asyncapi.yaml', 'specs/shop/stock.asyncapi.yaml')).toEqual([]);
    expect(found('specs/shop/orders.asyncapi.yaml', 'specs/depot/stock.asyncapi.yaml')).toEqual([]);
  });
});
