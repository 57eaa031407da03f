export default function Late() {
  return <div className="box">This part came late, and moves in.</div>;
}
