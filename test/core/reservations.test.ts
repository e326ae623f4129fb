import { describe, expect, test } from 'vitest';
import { mostThatFit, reservations } from '../../src/core/reservations.ts';

// Reference on persistent reservations, sections 1.2 and 1.3, worked by hand there.
describe('persistent reservations', () => {
  test.each([
    [2, 1, 2, 4, 16],
    [2, 2, 2, 4, 32],
    [2, 4, 2, 8, 128],
    [1, 1, 1, 1, 1],
    [3, 2, 2, 5, 60],
    [4, 2, 4, 10, 320],
    [5, 3, 2, 7, 210],
    [6, 2, 2, 10, 240],
    [8, 4, 2, 16, 1024],
    [16, 2, 4, 20, 2560],
    [64, 1, 2, 1, 128],
  ])('of %i hosts, %i modules, %i connections and %i CSVs are %i', (hosts, modules, connections, csvs, expected) => {
    expect(reservations({ hosts, modules, connections, csvs })).toBe(expected);
  });
});

describe('what fits a limit', () => {
  test('is rounded down: 128 / 16 = 8 CSVs, 100 / 16 = 6', () => {
    const design = { hosts: 4, modules: 2, connections: 2, csvs: 1 };
    expect(mostThatFit(128, 'csvs', design)).toBe(8);
    expect(mostThatFit(100, 'csvs', design)).toBe(6);
  });
  test('is nothing when one is too many', () => {
    expect(mostThatFit(15, 'csvs', { hosts: 4, modules: 2, connections: 2, csvs: 1 })).toBe(0);
  });
  test('can be asked of hosts and connections too', () => {
    const design = { hosts: 1, modules: 1, connections: 2, csvs: 4 };
    expect(mostThatFit(128, 'hosts', design)).toBe(16);
    expect(mostThatFit(128, 'connections', { ...design, hosts: 8 })).toBe(4);
  });
});
