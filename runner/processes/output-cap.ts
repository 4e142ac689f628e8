/** Keeps the beginning and the end of an output of any length in bounded memory. */
export class OutputCap {
  private head = ''
  private tail: string[] = []
  private tailSize = 0
  private left = 0
  private readonly half: number

  constructor(limit: number) {
    this.half = Math.floor(limit / 2)
  }

  /** Adds a piece; answers the part of it that still belongs to the beginning, for whoever follows live. */
  add(piece: string): string {
    const room = this.half - this.head.length
    const early = room > 0 ? piece.slice(0, room) : ''
    this.head += early
    const rest = piece.slice(early.length)
    if (rest !== '') {
      this.tail.push(rest.slice(-this.half))
      this.left += rest.length - Math.min(rest.length, this.half)
      this.tailSize += Math.min(rest.length, this.half)
      while (this.tailSize - (this.tail[0]?.length ?? 0) >= this.half) {
        const gone = this.tail.shift()?.length ?? 0
        this.tailSize -= gone
        this.left += gone
      }
    }
    return early
  }

  /** What was not shown live: the gap in words, and the end. */
  ending(): string {
    const kept = this.tail.join('')
    // Pieces leave the tail whole, so what is kept may be longer than what is shown.
    const end = kept.slice(-this.half)
    const left = this.left + kept.length - end.length
    return (left > 0 ? `\n… ${left} characters left out …\n` : '') + end
  }

  /** Beginning and end as one text. */
  text(): string {
    return this.head + this.ending()
  }
}
