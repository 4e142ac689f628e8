import type { Topic } from './schema.ts'

/** One question of the built-in list, asked when no model is there to think of a better one. `nothing`: the option that says there is nothing of what is asked. */
export type BuiltinQuestion = { topic: Topic; text: string; options: readonly string[]; nothing?: string }

/** One question a topic, in the order a first conversation takes. Every topic of TOPICS stands here once. */
export const QUESTION_LIST: readonly BuiltinQuestion[] = [
  {
    topic: 'goal',
    text: 'What should exist when this is done, and what gets better because of it?',
    options: [
      'A new feature in an existing product',
      'A new product from nothing',
      'A fix for something that hurts today',
      'A replacement for an older system',
    ],
  },
  {
    topic: 'users',
    text: 'Who will use it, and what are they trying to get done?',
    options: ['Our own team', 'Customers, signed in', 'Anyone, without an account', 'Other programs, through an API'],
  },
  {
    topic: 'data',
    text: 'What does it have to remember, and where does that information come from?',
    options: ['Nothing, it keeps no data', 'What people type in', 'Data from another system', 'Files people upload'],
    nothing: 'Nothing, it keeps no data',
  },
  {
    topic: 'screens',
    text: 'What will people see and touch? Name the screens, commands or calls.',
    options: ['One page', 'A list and a detail page', 'A form with several steps', 'No screen: a command or an API'],
  },
  {
    topic: 'rules',
    text: 'Which rules must always hold, whatever anybody does?',
    options: [
      'Only certain people may change things',
      'Amounts and dates must add up',
      'Nothing is ever deleted for good',
      'No special rules',
    ],
    nothing: 'No special rules',
  },
  {
    topic: 'limits',
    text: 'What limits are given: technology, speed, size, devices, deadlines?',
    options: ['Stay with the stack we have', 'It must be fast with a lot of data', 'It must work on phones', 'There is a fixed date'],
  },
  {
    topic: 'risks',
    text: 'What could go wrong, or is not known yet?',
    options: ['Losing or leaking data', 'People not understanding it', 'Depending on somebody else’s service', 'Nothing in particular'],
    nothing: 'Nothing in particular',
  },
  {
    topic: 'doneWhen',
    text: 'How will you check that it is done? Say what you would try, and what must happen.',
    options: [
      'I try it by hand and it works',
      'Automated tests pass',
      'A user has done the job with it',
      'It runs in production for a week',
    ],
  },
]
