namespace BuildKit.Core.ContinuousIntegration;

/// <summary>
/// CircleCI (https://circleci.com/docs/reference/variables/). It runs on pushes and does not name the default branch;
/// the number of a pull request is given for forks only.
/// </summary>
internal sealed class CircleCi : ICiSystem
{
    /// <inheritdoc/>
    public CiRun? Find(CiVariables variables)
    {
        if (!variables.IsTrue("CIRCLECI"))
        {
            return null;
        }

        var number = variables["CIRCLE_PR_NUMBER"];
        var isFork = number.Length > 0 || variables["CIRCLE_BRANCH"].StartsWith("pull/", StringComparison.Ordinal);
        return new CiRun
        {
            System = "CircleCI",
            Event = isFork ? CiEvent.PullRequest : CiEvent.Push,
            Branch = isFork ? "" : variables["CIRCLE_BRANCH"],
            Tag = variables["CIRCLE_TAG"],
            PullRequest = number,
            IsFork = isFork ? true : null,
        };
    }
}
