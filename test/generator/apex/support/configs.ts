/** An integration with the longest names, several requests and every kind of value. */
export const WIDE = `
label: Integration with a long label, forty
description: Sends a great many fields, so that everything that can be broken over several lines is broken over several lines. It says so at length.
endpoint:
  url: https://example.com/api
auth:
  type: clientCredentials
  tokenUrl: https://example.com/token
trigger:
  object: Extraordinarily_Long_Object_Name_123__c
  when: createOrUpdate
  conditions:
    - { field: Status_Of_The_Long_Object_Name_12345__c, operator: equals, value: "It's ready" }
  changedFields: [Status_Of_The_Long_Object_Name_12345__c, Second_Extraordinarily_Long_Field_Nam__c]
  flowName: Wide_Flow
requests:
  - name: first-request-with-a-long-name
    method: POST
    path: /things/{!Extraordinarily_Long_Parent__r.Extraordinarily_Long_Field_Name_12345__c}/of/{!Id}
    idempotencyHeader: Idempotency-Key
    query:
      mode: full
      name: '{!Name}'
      both: 'a {!Name} b {!Extraordinarily_Long_Parent__r.Second_Extraordinarily_Long_Field_Nam__c} and more text'
    headers:
      X-Short: a
      X-Long: 'from {!Extraordinarily_Long_Parent__r.Second_Extraordinarily_Long_Field_Nam__c} to {!Extraordinarily_Long_Parent__r.Extraordinarily_Long_Field_Name_12345__c}'
    body:
      short: '{!Name}'
      literal: 5
      negative: -4.75
      flag: true
      nothing: null
      nested.deeply.within.the.document: '{!Extraordinarily_Long_Parent__r.Second_Extraordinarily_Long_Field_Nam__c}'
      nested.deeply.text: 'Order {!Name} of {!Extraordinarily_Long_Parent__r.Second_Extraordinarily_Long_Field_Nam__c}, please hurry'
      nested.other: text
    response:
      fields:
        Extraordinarily_Long_Field_Name_12345__c: extraordinarily.long.path.through.the.answer.with.a.list.0.identifier
      outputs:
        reservationIdentifierOfTheReceiver: reservation.identifier.of.the.receiver.that.is.very.long
  - name: second-request-with-a-long-nam
    method: PATCH
    path: /things/{!requests.first-request-with-a-long-name.reservationIdentifierOfTheReceiver}
    idempotencyHeader: Idempotency-Key
    body:
      token: '{!requests.first-request-with-a-long-name.reservationIdentifierOfTheReceiver}'
  - name: third
    method: DELETE
    path: /things/{!Name}
queue:
  orderBy: '{!Extraordinarily_Long_Parent__r.Extraordinarily_Long_Field_Name_12345__c}/{!Second_Extraordinarily_Long_Field_Nam__c}/{!Id}'
`;

/** An action with inputs of every type and outputs of two requests. */
export const ACTION = `
label: Check
description: Checks.
endpoint:
  url: https://example.com/api
auth:
  type: basic
inputs:
  companyName: { type: text, required: true, description: "Registered name; it's needed, and its description is so long that the annotation has to be broken over several lines." }
  amount: { type: number }
  urgent: { type: boolean }
  due: { type: date }
  at: { type: datetime }
requests:
  - name: check
    method: POST
    path: /checks
    idempotencyHeader: Idempotency-Key
    body: { name: '{!input.companyName}', amount: '{!input.amount}', urgent: '{!input.urgent}', due: '{!input.due}', at: '{!input.at}' }
    response:
      outputs: { answer: result.message, score: result.score }
  - name: confirm
    method: POST
    path: /checks/{!requests.check.score}
    idempotencyHeader: Idempotency-Key
    response:
      outputs: { confirmedScoreOfTheSecondRequest: result.score.of.the.second.request }
`;

/** Values that try to leave the place that they are put into. */
export const HOSTILE = `
label: "Quote ' and */ comment"
description: "Ends */ public class Evil { } /* and 'quotes' and \\\\ backslashes \\" and {{handlebars}} {!Name} \\u0027"
endpoint:
  url: https://example.com/api
auth:
  type: basic
trigger:
  object: Account
  when: update
requests:
  - name: send
    method: POST
    path: /accounts/{!Id}
    idempotencyHeader: Idempotency-Key
    headers:
      X-Text: "it's \\\\' + evil() + '"
    body:
      text: "'); delete [SELECT Id FROM Account]; ('"
      lines: "a\\nb\\r\\tc"
      mixed: "it's {!Name} \\\\"
      unicode: "\\u2028 é 😀 {{text}}"
`;

/** The shortest integration of docs/configuration.md: an action that takes nothing. */
export const SHORTEST = `
endpoint:
  url: https://api.example.com/v1
auth:
  type: clientCredentials
  tokenUrl: https://login.example.com/oauth2/token
requests:
  - path: /status
`;
