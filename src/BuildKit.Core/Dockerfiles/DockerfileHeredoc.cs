namespace BuildKit.Core.Dockerfiles;

/// <summary>A here-document of RUN, COPY or ADD: https://docs.docker.com/reference/dockerfile/#here-documents.</summary>
/// <param name="Name">The word that ends it; for COPY also the name of the file that it becomes.</param>
/// <param name="Content">Its lines as written; leading tabs are removed for <c>&lt;&lt;-</c>.</param>
/// <param name="Expands">Whether variables in it are replaced: not when the word is quoted.</param>
internal sealed record DockerfileHeredoc(string Name, string Content, bool Expands);
