#pragma once

namespace chronograd {

struct AnalysisRequest;
struct Experiment;
struct SessionNews;

/// A card that shows what was computed about updates, and asks for it while it is seen.
class AnalysisView
{
public:
    virtual ~AnalysisView() = default;

    /// Another experiment: forgets everything.
    virtual void startExperiment(const Experiment& experiment) = 0;
    virtual void ask(AnalysisRequest& request) const = 0;
    virtual void showNews(const SessionNews& news) = 0;
    /// False: nothing is asked for until it is seen again. (A card behind another one is not hidden.)
    virtual void setSeen(bool) {}
};

} // namespace chronograd
