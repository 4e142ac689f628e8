// Types, and two things the type checker knows but does not say: a promise nobody waits for, and a switch over a closed
// set of words that forgets one. One program serves all three, so the tree is read once.
//
//   node bin/check-types.mjs                  the whole house (tsconfig.json), then domain/ alone (domain/tsconfig.json)
//   node bin/check-types.mjs a/tsconfig.json  the projects named
import { dirname, relative, resolve } from 'node:path'
import ts from 'typescript'

const projects = process.argv.length > 2 ? process.argv.slice(2) : ['tsconfig.json', 'domain/tsconfig.json']
let found = 0

for (const file of projects) {
  const path = resolve(file)
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile)
  if (error) complain(undefined, 0, ts.flattenDiagnosticMessageText(error.messageText, '\n'))
  const parsed = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, dirname(path))
  const program = ts.createProgram(parsed.fileNames, parsed.options)
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    complain(file, start ?? 0, ts.flattenDiagnosticMessageText(messageText, '\n'))
  }
  const checker = program.getTypeChecker()
  for (const source of program.getSourceFiles()) {
    if (source.isDeclarationFile || source.fileName.includes('/node_modules/')) continue
    walk(source, source, checker)
  }
}

process.stdout.write(found ? `${found} found.\n` : `Types, promises and switches: nothing found.\n`)
process.exitCode = found ? 1 : 0

/** Looks at a node and everything below it. */
function walk(node, source, checker) {
  if (ts.isExpressionStatement(node) && isPromise(checker.getTypeAtLocation(node.expression), checker) && !isHandled(node.expression)) {
    complain(
      source,
      node.getStart(source),
      'Nobody waits for this promise: await it, return it, give it .catch(…), or write void in front and say why.',
    )
  }
  if (ts.isSwitchStatement(node)) {
    const missing = missingCases(node, checker)
    if (missing.length) complain(source, node.getStart(source), `This switch forgets ${missing.join(', ')}.`)
  }
  ts.forEachChild(node, (child) => walk(child, source, checker))
}

/** True for a value with a `then` one can call. */
function isPromise(type, checker) {
  const parts = type.isUnion() ? type.types : [type]
  return parts.some((part) => {
    const then = part.flags & ts.TypeFlags.Any ? undefined : checker.getPropertyOfType(part, 'then')
    return then !== undefined && checker.getTypeOfSymbol(then).getCallSignatures().length > 0
  })
}

/** `await x`, `void x`, `x = promise`, `x.catch(…)`, `x.then(a, b)`, and `a?.b.catch()` are looked after. */
function isHandled(expression) {
  if (ts.isParenthesizedExpression(expression)) return isHandled(expression.expression)
  if (ts.isAwaitExpression(expression) || ts.isVoidExpression(expression)) return true
  if (ts.isBinaryExpression(expression)) {
    return expression.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && expression.operatorToken.kind <= ts.SyntaxKind.LastAssignment
      ? true
      : isHandled(expression.right)
  }
  if (ts.isConditionalExpression(expression)) return isHandled(expression.whenTrue) && isHandled(expression.whenFalse)
  if (ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression)) {
    const name = expression.expression.name.text
    if (name === 'catch' && expression.arguments.length > 0) return true
    if (name === 'then' && expression.arguments.length > 1) return true
    if (name === 'finally') return isHandled(expression.expression.expression)
  }
  return false
}

/** The words of a closed set that a switch without `default` does not name. */
function missingCases(node, checker) {
  if (node.caseBlock.clauses.some(ts.isDefaultClause)) return []
  const type = checker.getTypeAtLocation(node.expression)
  const words = type.isUnion() ? type.types : [type]
  if (words.length < 2 || !words.every((word) => word.isLiteral())) return []
  const named = new Set(node.caseBlock.clauses.map((clause) => checker.getTypeAtLocation(clause.expression).value))
  return words.map((word) => word.value).filter((value) => !named.has(value))
}

function complain(source, start, message) {
  found++
  const at = source ? source.getLineAndCharacterOfPosition(start) : undefined
  const where = source && at ? `${relative(process.cwd(), source.fileName)}:${at.line + 1}:${at.character + 1} ` : ''
  process.stdout.write(`${where}${message}\n`)
}
