import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

function Greeting() {
  const [greeting, setGreeting] = useState("Loading");
  useEffect(() => {
    fetch(`${import.meta.env.VITE_API_URL}/greeting`)
      .then((answer) => answer.json())
      .then((body) => setGreeting(body.greeting));
  }, []);
  return <h1>{greeting}</h1>;
}

createRoot(document.getElementById("root")).render(<Greeting />);
