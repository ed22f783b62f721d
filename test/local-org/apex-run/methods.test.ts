import { expect } from 'chai';
import { apex, run } from './run.js';
import type { Component } from '../../../local-org/src/model/index.js';

/** A class of one API version. */
function versioned(apiVersion: number, source: string): Component {
  return { ...apex(source), metaXml: `<ApexClass><apiVersion>${String(apiVersion)}.0</apiVersion></ApexClass>` };
}

describe('A method', () => {
  const base =
    "public virtual class Base { public String show() { return name(); } private String name() { return 'base'; } }";
  const derived = "public class Derived extends Base { public String name() { return 'derived'; } }";

  it('of a subclass leaves a private one of the same signature alone from version 61 on', () => {
    expect(run('System.debug(new Derived().show());', versioned(61, base), versioned(61, derived))).to.deep.equal([
      'base',
    ]);
  });

  it('of a subclass takes the place of a private one of the same signature up to version 60', () => {
    expect(run('System.debug(new Derived().show());', versioned(60, base), versioned(60, derived))).to.deep.equal([
      'derived',
    ]);
  });

  it('that is private implements an abstract one without an access modifier', () => {
    const shape = 'public abstract class Shape { public String show() { return name(); } abstract String name(); }';
    const round = "public class Round extends Shape { private String name() { return 'round'; } }";
    expect(run('System.debug(new Round().show());', versioned(63, shape), versioned(63, round))).to.deep.equal([
      'round',
    ]);
  });

  it('that is static does not take the place of one that an object inherits', () => {
    const factory = `public class Factory extends Base implements Comparable {
      public static String name() { return 'static'; }
      public Integer compareTo(Object other) { return 0; }
    }`;
    expect(run('System.debug(new Factory().show());', versioned(60, base), versioned(60, factory))).to.deep.equal([
      'base',
    ]);
  });
});
