// Types, and two things the type checker knows but does not say: a promise nobody waits for, and a switch over a closed
// set of words that forgets one. One native compiler serves all three, so the tree is read once, and both projects share it.
//
//   node bin/check-types.mjs                  the whole house (tsconfig.json), then domain/ alone (domain/tsconfig.json)
//   node bin/check-types.mjs a/tsconfig.json  the projects named
import { relative, resolve } from 'node:path'
import * as ast from 'typescript-native/unstable/ast'
import { API, SignatureKind, TypeFlags } from 'typescript-native/unstable/sync'

const paths = (process.argv.length > 2 ? process.argv.slice(2) : ['tsconfig.json', 'domain/tsconfig.json']).map((path) => resolve(path))
const compiler = new API()
const opened = compiler.updateSnapshot({ openProjects: paths })
let found = 0

for (const path of paths) {
  const project = opened.getProject(path)
  if (!project) throw new Error(`There is no project at ${path}.`)
  complainOfTypes(project.program)
  for (const name of project.program.getSourceFileNames()) {
    if (/\.d\.[cm]?ts$|\/node_modules\//.test(name)) continue
    const source = project.program.getSourceFile(name)
    if (source) complainOfPromisesAndSwitches(source, project.checker)
  }
}
compiler.close()

process.stdout.write(found ? `${found} found.\n` : `Types, promises and switches: nothing found.\n`)
process.exitCode = found ? 1 : 0

/** What the compiler itself says of a project. */
function complainOfTypes(program) {
  const said = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getProgramDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ]
  for (const diagnostic of said) {
    const source = diagnostic.fileName ? program.getSourceFile(diagnostic.fileName) : undefined
    complain(source, diagnostic.pos, inFull(diagnostic))
  }
}

/** A message with the ones that explain it, each deeper than what it explains. */
function inFull({ text, messageChain = [] }, indent = '') {
  return [`${indent}${text}`, ...messageChain.map((reason) => inFull(reason, `${indent}  `))].join('\n')
}

/** What the compiler knows of a file but does not say. It is asked for all types of the file at once. */
function complainOfPromisesAndSwitches(source, checker) {
  const statements = []
  const switches = []
  look(source)
  checker.getTypeAtLocation(statements.map(({ expression }) => expression)).forEach((type, at) => {
    if (!isPromise(type, checker)) return
    complain(
      source,
      statements[at].getStart(source),
      'Nobody waits for this promise: await it, return it, give it .catch(…), or write void in front and say why.',
    )
  })
  checker.getTypeAtLocation(switches.map(({ expression }) => expression)).forEach((type, at) => {
    const missing = missingCases(type, switches[at], checker)
    if (missing.length) complain(source, switches[at].getStart(source), `This switch forgets ${missing.join(', ')}.`)
  })

  function look(node) {
    if (ast.isExpressionStatement(node) && !isHandled(node.expression)) statements.push(node)
    if (ast.isSwitchStatement(node) && !node.caseBlock.clauses.some(ast.isDefaultClause)) switches.push(node)
    node.forEachChild(look)
  }
}

/** True for a value with a `then` one can call. */
function isPromise(type, checker) {
  return partsOf(type).some((part) => {
    // Most statements come to nothing, and whatever is asked of the compiler is a letter to another process.
    if (!(part.flags & (TypeFlags.Object | TypeFlags.Intersection | TypeFlags.Instantiable))) return false
    const then = checker.getPropertyOfType(part, 'then')
    return then !== undefined && checker.getSignaturesOfType(checker.getTypeOfSymbol(then), SignatureKind.Call).length > 0
  })
}

/** `await x`, `void x`, `x = promise`, `x.catch(…)`, `x.then(a, b)`, and `a?.b.catch()` are looked after. */
function isHandled(expression) {
  if (ast.isParenthesizedExpression(expression)) return isHandled(expression.expression)
  if (ast.isAwaitExpression(expression) || ast.isVoidExpression(expression)) return true
  if (ast.isBinaryExpression(expression)) {
    const { kind } = expression.operatorToken
    return kind >= ast.SyntaxKind.FirstAssignment && kind <= ast.SyntaxKind.LastAssignment ? true : isHandled(expression.right)
  }
  if (ast.isConditionalExpression(expression)) return isHandled(expression.whenTrue) && isHandled(expression.whenFalse)
  if (ast.isCallExpression(expression) && ast.isPropertyAccessExpression(expression.expression)) {
    const name = expression.expression.name.text
    if (name === 'catch' && expression.arguments.length > 0) return true
    if (name === 'then' && expression.arguments.length > 1) return true
    if (name === 'finally') return isHandled(expression.expression.expression)
  }
  return false
}

/** The words of a closed set that a switch does not name. */
function missingCases(type, { caseBlock }, checker) {
  const words = partsOf(type)
  if (words.length < 2 || !words.every((word) => word.isStringLiteralType() || word.isNumberLiteralType())) return []
  const cases = checker.getTypeAtLocation(caseBlock.clauses.map(({ expression }) => expression))
  const named = new Set(cases.map((word) => word?.value))
  return words.map((word) => word.value).filter((value) => !named.has(value))
}

function partsOf(type) {
  if (!type) return []
  return type.isUnionType() ? type.getTypes() : [type]
}

function complain(source, start, message) {
  found++
  const at = source?.getLineAndCharacterOfPosition(start)
  const where = source && at ? `${relative(process.cwd(), source.fileName)}:${at.line + 1}:${at.character + 1} ` : ''
  process.stdout.write(`${where}${message}\n`)
}
