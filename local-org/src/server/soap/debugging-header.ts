import { child, childText, type XmlElement } from '../../package/index.js';
import { CATEGORIES, DEFAULT_LEVELS, logLevel, type LogLevel, type LogLevels } from '../../platform/debug-log/index.js';
import { metadataFault } from './fault.js';

const LEAST: LogLevels = { ApexCode: 'DEBUG', ApexProfiling: 'INFO' };

/**
 * Levels behind the older `debugLevel` of a header; each includes those above it (SOAP API Developer Guide: DebuggingHeader). `DEBUGONLY`
 * is what the SF CLI asks for.
 */
const LEGACY: Readonly<Record<string, LogLevels | undefined>> = {
  NONE: undefined,
  DEBUGONLY: LEAST,
  DB: { ...LEAST, Database: 'INFO' },
  PROFILING: { ...LEAST, Database: 'INFO', ApexProfiling: 'FINE' },
  CALLOUT: { ...LEAST, Database: 'INFO', ApexProfiling: 'FINE', Callout: 'FINER' },
  DETAIL: { ...DEFAULT_LEVELS, ApexCode: 'FINEST', ApexProfiling: 'FINEST', Callout: 'FINER', Workflow: 'FINER' },
};

/** Levels that the `DebuggingHeader` of a SOAP request asks for; undefined when it asks for no log. Throws SoapFault. */
export function readDebuggingHeader(header: XmlElement | undefined): LogLevels | undefined {
  const debugging = header === undefined ? undefined : child(header, 'DebuggingHeader');
  if (debugging === undefined) return undefined;
  const categories = debugging.children.filter(({ name }) => name === 'categories');
  if (categories.length > 0) return Object.assign({}, ...categories.map(levelsOf));
  const name = (childText(debugging, 'debugLevel') ?? 'NONE').toUpperCase();
  if (!Object.hasOwn(LEGACY, name)) throw metadataFault('INVALID_TYPE', `'${name}' is not a valid value for LogType`);
  return LEGACY[name];
}

/** `<categories><category>Apex_code</category><level>Finest</level></categories>`. */
function levelsOf(element: XmlElement): LogLevels {
  const category = (childText(element, 'category') ?? '').toUpperCase();
  const level = logLevel(childText(element, 'level') ?? '');
  if (level === undefined) throw metadataFault('INVALID_TYPE', 'A category of the DebuggingHeader has no valid level.');
  if (category === 'ALL')
    return Object.fromEntries(CATEGORIES.map((known): [string, LogLevel] => [known.category, level]));
  const known = CATEGORIES.find(({ header }) => header === category);
  if (known === undefined) throw metadataFault('INVALID_TYPE', `'${category}' is not a valid value for LogCategory`);
  return { [known.category]: level };
}
