/**
 * What people read comes from a catalogue: a string of three words or more in the code is an error, but for
 * what is thrown or logged, for the help of a command or metric and for what a view says in its own markup or a
 * command writes to the terminal.
 */
const SENTENCE = /(?:^|[\s"'(])[A-Za-zÄÖÜäöüß]{2,}[,;:]?(?:\s+[A-Za-zÄÖÜäöüß{}$]{1,}[,;:]?){2,}/;
/** Queries, class names and the like: words, but for no reader. */
const NO_PROSE =
  /^\s*(select|insert|update|delete|create|alter|drop|pragma|set|lock|where|begin|with)\b|[=;{}]\s*$/i;
/** Help of a command, and of a metric. */
const HELP = new Set([
  'description',
  'option',
  'requiredOption',
  'argument',
  'addHelpText',
  'summary',
  'gauge',
]);
const LOGS = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'log']);
/** Made to be thrown, to be logged when they begin and end, or to be shown by the help. */
const MADE = /(Error|Option|Condition)$/;

const isProse = (text) => SENTENCE.test(text) && !NO_PROSE.test(text);

function calledName({ callee }) {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : '';
}

/** What a command writes is its own view, as markup is a page's. */
const OUTPUT = new Set(['writeOut', 'writeErr', 'writeData', 'passing']);
const isOutput = ({ callee }) =>
  callee.type === 'MemberExpression' &&
  callee.property.name === 'write' &&
  /^std(out|err)$/.test(callee.object.property?.name ?? '');

const isCalledElsewhere = (name) => HELP.has(name) || LOGS.has(name) || OUTPUT.has(name) || name === 'reject';

/** Whether a string is told to somebody who is no reader of a page: thrown, logged, help, or markup. */
function isElsewhere(node) {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'ThrowStatement' || at.type === 'JSXAttribute' || at.type === 'JSXElement') return true;
    if (at.type === 'TaggedTemplateExpression' || at.type === 'ImportDeclaration') return true;
    if (at.type === 'ClassBody') return false;
    if (at.type === 'TSLiteralType' || (at.type === 'CallExpression' && at.callee.type === 'Super'))
      return true;
    if (at.type === 'NewExpression' && MADE.test(at.callee.name ?? '')) return true;
    if (at.type === 'CallExpression' && (isCalledElsewhere(calledName(at)) || isOutput(at))) return true;
    if (at.type === 'Property' && at.key.name === 'help') return true;
    if (/Function/.test(at.type)) return false;
  }
  return false;
}

export const wordsInCatalogue = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      said: 'Say this in packages/words and give its code and values here (scripts/eslint/README.md).',
    },
  },
  create(context) {
    const check = (node, text) => {
      if (isProse(text) && !isElsewhere(node)) context.report({ node, messageId: 'said' });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateLiteral: (node) => check(node, node.quasis.map(({ value }) => value.cooked ?? '').join(' x ')),
    };
  },
};
