import os

from fastapi import FastAPI

app = FastAPI()


@app.get("/api/greeting")
def greeting() -> dict[str, object]:
    return {"greeting": "Hello from Python", "root": os.getuid() == 0}
