#pragma once

#include "core/experiment/input_error.h"
#include "core/tasks/task.h"

#include <QString>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd::test {

/// A task on the columns of data.csv.
inline CsvTask taskOf(std::vector<std::string> inputs, std::vector<std::string> targets)
{
    CsvTask task;
    task.path = "data.csv";
    task.inputs = std::move(inputs);
    task.targets = std::move(targets);
    return task;
}

/// A folder with an experiment, e.chronograd.json, and the files of its task.
class CsvFiles
{
public:
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    void write(const std::filesystem::path& name, std::string_view content) const
    {
        std::ofstream(folder() / name, std::ios::binary) << content;
    }

    /// The data of a task while data.csv has this content.
    Dataset make(const CsvTask& task, std::string_view content) const
    {
        write("data.csv", content);
        Experiment experiment;
        experiment.file = folder() / "e.chronograd.json";
        experiment.task = task;
        experiment.network.layers.resize(1);
        return makeDataset(experiment);
    }

    /// The message of make(), without the folder; empty if all is well.
    std::string errorOf(const CsvTask& task, std::string_view content) const
    {
        try {
            make(task, content);
        } catch (const InputError& error) {
            return QString(error.what()).replace(m_folder.path() + "/", QString()).toStdString();
        }
        return {};
    }

private:
    QTemporaryDir m_folder;
};

} // namespace chronograd::test
