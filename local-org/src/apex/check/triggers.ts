import { VOID, sobject } from '../types/index.js';
import type { SObjectInfo } from '../types/index.js';
import type { AnonymousDeclaration, TriggerDeclaration } from '../syntax/index.js';
import { bodyOf, checkCode, checkMember } from './classes.js';
import type { ClassContext } from './classes.js';
import { checkIdentifier } from './identifiers.js';

const WITHOUT_TRIGGERS = new Set<SObjectInfo['kind']>([
  'customMetadata',
  'customSetting',
  'share',
  'history',
  'feed',
  'big',
  'external',
]);

function checkEvents(node: TriggerDeclaration, info: SObjectInfo, context: ClassContext): void {
  const seen = new Set<string>();
  for (const { event, range } of node.events) {
    if (seen.has(event)) context.findings.report(range, `Duplicate trigger event: ${event}`);
    seen.add(event);
    const isPublished = info.kind === 'event' || info.kind === 'changeEvent';
    // Platform events and change events are only ever inserted, after the fact (PLATFORM 3.5).
    if (isPublished && event !== 'after insert')
      context.findings.report(node.name.range, `Platform Event SObjects only supports after insert: ${info.name}`);
    else if (event === 'before undelete')
      context.findings.report(range, `SObject type does not allow triggers on ${event}: ${info.name}`);
  }
}

/** Checks a trigger: its object and events, its members, its statements. */
export function checkTrigger(node: TriggerDeclaration, context: ClassContext): void {
  const { world, findings } = context;
  checkIdentifier(node.name, 'type', findings);
  const info = world.schema.object(node.object.name);
  if (info === undefined) findings.report(node.name.range, `Invalid type: Schema.${node.object.name}`);
  else if (WITHOUT_TRIGGERS.has(info.kind))
    findings.report(node.object.range, `SObject type does not allow triggers: ${info.name}`);
  else checkEvents(node, info, context);
  for (const member of node.members) checkMember(member, context, node.members);
  const body = {
    ...bodyOf(context, 'script', false, VOID),
    triggerObject: info === undefined ? undefined : sobject(info.name),
  };
  checkCode(node.statements, body);
}

/** Checks an anonymous block. */
export function checkAnonymous(node: AnonymousDeclaration, context: ClassContext): void {
  for (const member of node.members) checkMember(member, context, node.members);
  checkCode(node.statements, bodyOf(context, 'script', false, VOID));
}
