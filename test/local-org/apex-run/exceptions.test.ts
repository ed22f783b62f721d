import { expect } from 'chai';
import { run, value } from './run.js';

describe('exceptions', () => {
  it('have the stack trace of the place where they were made, thrown or not', () => {
    const tracer = `public class Tracer {
      public static String here() {
        return new DmlException().getStackTraceString();
      }
      public static Exception make() {
        return new IllegalArgumentException('made');
      }
    }`;
    expect(value("Tracer.here().split('\\n')[0]", tracer)).to.equal('Class.Tracer.here: line 3, column 1');
    const thrown = `try {
      throw Tracer.make();
    } catch (Exception e) {
      System.debug(e.getLineNumber() + ' ' + e.getStackTraceString().split('\\n')[0]);
    }`;
    expect(run(thrown, tracer)).to.deep.equal(['6 Class.Tracer.make: line 6, column 1']);
  });

  it('keep the namespace in the name of their type, as getTypeName does', () => {
    expect(value('IllegalArgumentException.class.getName()')).to.equal('System.IllegalArgumentException');
    expect(value('new IllegalArgumentException().getTypeName()')).to.equal('System.IllegalArgumentException');
    expect(value('Http.class.getName()')).to.equal('Http');
  });
});
