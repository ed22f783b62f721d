import { ApexList, ApexMap, type ApexRuntime, type LibraryModule, type PropertyObject } from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { bean, beanModule, type BeanShape } from './bean.js';

const noErrors = (): Readonly<Record<string, unknown>> => ({ errors: new ApexList(platform('Database.Error')) });

/** Headers that DML options always have, so that their fields can be set. */
const dmlOptions = (runtime: ApexRuntime): Readonly<Record<string, unknown>> => ({
  assignmentRuleHeader: bean(runtime, 'Database.DMLOptions.AssignmentRuleHeader'),
  duplicateRuleHeader: bean(runtime, 'Database.DMLOptions.DuplicateRuleHeader'),
  emailHeader: bean(runtime, 'Database.DMLOptions.EmailHeader'),
});

/** Platform classes that only hold data (Apex Reference Guide, under their names). */
const SHAPES: readonly BeanShape[] = [
  { owner: 'Database.Error' },
  { owner: 'Database.SaveResult', defaults: noErrors },
  { owner: 'Database.UpsertResult', defaults: noErrors },
  { owner: 'Database.DeleteResult', defaults: noErrors },
  { owner: 'Database.UndeleteResult', defaults: noErrors },
  { owner: 'Database.EmptyRecycleBinResult', defaults: noErrors },
  { owner: 'Database.LeadConvertResult', defaults: noErrors },
  { owner: 'Database.MergeResult', defaults: noErrors },
  { owner: 'Database.DeletedRecord' },
  { owner: 'Database.GetDeletedResult' },
  { owner: 'Database.GetUpdatedResult' },
  { owner: 'Database.LeadConvert' },
  { owner: 'Database.DMLOptions', defaults: dmlOptions },
  { owner: 'Database.DMLOptions.AssignmentRuleHeader' },
  { owner: 'Database.DMLOptions.DuplicateRuleHeader' },
  { owner: 'Database.DMLOptions.EmailHeader' },
  { owner: 'Approval.LockResult', defaults: noErrors },
  { owner: 'Approval.UnlockResult', defaults: noErrors },
  { owner: 'Approval.ProcessResult', defaults: noErrors },
  { owner: 'Approval.ProcessRequest' },
  { owner: 'Approval.ProcessSubmitRequest' },
  { owner: 'Approval.ProcessWorkitemRequest' },
  { owner: 'Messaging.InboundEmail' },
  { owner: 'Messaging.InboundEmail.Header' },
  { owner: 'Messaging.InboundEmail.BinaryAttachment' },
  { owner: 'Messaging.InboundEmail.TextAttachment' },
  { owner: 'Messaging.InboundEmail.AuthenticationResult' },
  { owner: 'Messaging.InboundEmail.AuthenticationResultField' },
  { owner: 'Messaging.InboundEnvelope' },
  { owner: 'Messaging.InboundEmailResult' },
  { owner: 'Messaging.EmailFileAttachment' },
  { owner: 'Messaging.EmailAttachment' },
  { owner: 'Messaging.MassEmailMessage' },
  { owner: 'Messaging.SendEmailError' },
  { owner: 'Messaging.RenderEmailTemplateBodyResult' },
  { owner: 'Messaging.RenderEmailTemplateError' },
  { owner: 'EventBus.ChangeEventHeader' },
  {
    owner: 'System.SelectOption',
    defaults: () => ({ disabled: false, escapeItem: true }),
    constructors: { 2: ['value', 'label'], 3: ['value', 'label', 'disabled'] },
  },
  {
    owner: 'System.Cookie',
    constructors: {
      5: ['name', 'value', 'path', 'maxAge', 'secure'],
      6: ['name', 'value', 'path', 'maxAge', 'secure', 'sameSite'],
      7: ['name', 'value', 'path', 'maxAge', 'secure', 'sameSite', 'httpOnly'],
    },
  },
  {
    owner: 'ApexPages.Message',
    // A message without details of its own gives its summary for them.
    methods: () => ({ 'getDetail/0': (self: PropertyObject) => self.get('detail') ?? self.get('summary') ?? null }),
    constructors: {
      2: ['severity', 'summary'],
      3: ['severity', 'summary', 'detail'],
      4: ['severity', 'summary', 'detail', 'componentLabel'],
    },
  },
  { owner: 'Invocable.Action.Error' },
  { owner: 'System.FormulaRecalcResult' },
  { owner: 'System.FormulaRecalcFieldError' },
  {
    owner: 'Invocable.Action.Result',
    defaults: () => ({
      errors: new ApexList(platform('Invocable.Action.Error')),
      outputParameters: new ApexMap(PRIMITIVES.String, PRIMITIVES.Object),
    }),
  },
];

export const beanModules: readonly LibraryModule[] = SHAPES.map(beanModule);
