export default function Home() {
  return <h1>Slipway</h1>
}
